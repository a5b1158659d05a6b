-- +goose Up

-- PostgreSQL has the words of the head in a column of story_index already.
SELECT 1;
