-- +goose Up

-- The further sections of working copies stand in copy_ref beside their topics
-- and people, so that the desk's lists find a story under any of its sections.
-- The program writes the rows of what is saved from now on; these are those of
-- what was saved before.
INSERT INTO copy_ref (kind, ref, article_id)
  SELECT DISTINCT 'section', further.value ->> 'id', article.id
  FROM article, json_array_elements(article.content::json -> 'sections') AS further
  WHERE article.content LIKE '%"sections":[%' AND EXISTS (SELECT 1 FROM copy WHERE copy.article_id = article.id);
