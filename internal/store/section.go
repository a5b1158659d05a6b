// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"

	"stet"
)

const sectionColumns = `id, public_id, parent_id, name, slug, description, position, source, was`

func scanSection(r scanner) (v stet.Section, err error) {
	var source sql.NullString
	var was string
	if err = r.Scan(&v.ID, &v.PublicID, &v.ParentID, &v.Name, &v.Slug, &v.Description, &v.Position, &source, &was); err != nil {
		return v, err
	}
	v.Source = source.String
	v.Was, err = fromTexts(was)
	return v, err
}

// Sections returns the whole tree in order of position and name.
func (s *Store) Sections(ctx context.Context) (stet.Sections, error) {
	return list(ctx, s, scanSection, `SELECT `+sectionColumns+` FROM section ORDER BY position, folded, id`)
}

// CreateSection stores a new section and sets its id.
func (s *Store) CreateSection(ctx context.Context, v *stet.Section) (err error) {
	v.ID, err = s.insert(ctx, `INSERT INTO section (public_id, parent_id, name, folded, slug, description, position, source)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
		v.PublicID, v.ParentID, v.Name, FoldName(v.Name), v.Slug, v.Description, v.Position, null(v.Source))
	return err
}

// UpdateSection stores what may change of the section.
func (s *Store) UpdateSection(ctx context.Context, v *stet.Section) error {
	_, err := s.exec(ctx, `UPDATE section SET parent_id = $2, name = $3, folded = $4, slug = $5, description = $6, position = $7, was = $8 WHERE id = $1`,
		v.ID, v.ParentID, v.Name, FoldName(v.Name), v.Slug, v.Description, v.Position, texts(v.Was))
	return err
}

func scanGenre(r scanner) (v stet.Genre, err error) {
	var was string
	if err = r.Scan(&v.ID, &v.PublicID, &v.Name, &v.Slug, &v.Description, &v.Position, &was); err != nil {
		return v, err
	}
	v.Was, err = fromTexts(was)
	return v, err
}

// Genres returns all genres in order.
func (s *Store) Genres(ctx context.Context) ([]stet.Genre, error) {
	return list(ctx, s, scanGenre, `SELECT id, public_id, name, slug, description, position, was FROM genre ORDER BY position, folded, id`)
}

// CreateGenre stores a new genre and sets its id.
func (s *Store) CreateGenre(ctx context.Context, v *stet.Genre) (err error) {
	v.ID, err = s.insert(ctx, `INSERT INTO genre (public_id, name, folded, slug, description, position) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
		v.PublicID, v.Name, FoldName(v.Name), v.Slug, v.Description, v.Position)
	return err
}

// UpdateGenre stores what may change of the genre.
func (s *Store) UpdateGenre(ctx context.Context, v *stet.Genre) error {
	_, err := s.exec(ctx, `UPDATE genre SET name = $2, folded = $3, slug = $4, description = $5, position = $6, was = $7 WHERE id = $1`,
		v.ID, v.Name, FoldName(v.Name), v.Slug, v.Description, v.Position, texts(v.Was))
	return err
}

const topicColumns = `id, public_id, name, slug, description, source, was`

func scanTopic(r scanner) (v stet.Topic, err error) {
	var source sql.NullString
	var was string
	if err = r.Scan(&v.ID, &v.PublicID, &v.Name, &v.Slug, &v.Description, &source, &was); err != nil {
		return v, err
	}
	v.Source = source.String
	v.Was, err = fromTexts(was)
	return v, err
}

// Topics returns all topics in order of their names.
func (s *Store) Topics(ctx context.Context) ([]stet.Topic, error) {
	return list(ctx, s, scanTopic, `SELECT `+topicColumns+` FROM topic ORDER BY folded, id`)
}

// Topic returns the topic with the id.
func (s *Store) Topic(ctx context.Context, id int64) (stet.Topic, error) {
	return one(ctx, s, "topic", scanTopic, `SELECT `+topicColumns+` FROM topic WHERE id = $1`, id)
}

// TopicByPublicID returns the topic with the public id, or the one into which
// that was merged.
func (s *Store) TopicByPublicID(ctx context.Context, id string) (stet.Topic, error) {
	t, err := one(ctx, s, "topic", scanTopic, `SELECT `+topicColumns+` FROM topic WHERE public_id = $1`, id)
	if stet.ErrorCode(err) != stet.NotFound || !stet.ValidID(id) {
		return t, err
	}
	return one(ctx, s, "topic", scanTopic, `SELECT `+topicColumns+` FROM topic WHERE was LIKE $1`, `%"`+id+`"%`)
}

// TopicBySource returns the topic that an import had from there.
func (s *Store) TopicBySource(ctx context.Context, source string) (stet.Topic, error) {
	return one(ctx, s, "topic", scanTopic, `SELECT `+topicColumns+` FROM topic WHERE source = $1`, source)
}

// TopicsNamed returns the topics whose name folds like this one.
func (s *Store) TopicsNamed(ctx context.Context, name string) ([]stet.Topic, error) {
	return list(ctx, s, scanTopic, `SELECT `+topicColumns+` FROM topic WHERE folded = $1 ORDER BY id`, FoldName(name))
}

// CreateTopic stores a new topic and sets its id.
func (s *Store) CreateTopic(ctx context.Context, v *stet.Topic) (err error) {
	v.ID, err = s.insert(ctx, `INSERT INTO topic (public_id, name, folded, slug, description, source) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
		v.PublicID, v.Name, FoldName(v.Name), v.Slug, v.Description, null(v.Source))
	return err
}

// UpdateTopic stores what may change of the topic.
func (s *Store) UpdateTopic(ctx context.Context, v *stet.Topic) error {
	_, err := s.exec(ctx, `UPDATE topic SET name = $2, folded = $3, slug = $4, description = $5, was = $6 WHERE id = $1`,
		v.ID, v.Name, FoldName(v.Name), v.Slug, v.Description, texts(v.Was))
	return err
}

func scanPartner(r scanner) (v stet.Partner, err error) {
	return v, r.Scan(&v.ID, &v.PublicID, &v.Name, &v.URL)
}

// Partners returns all partners by name.
func (s *Store) Partners(ctx context.Context) ([]stet.Partner, error) {
	return list(ctx, s, scanPartner, `SELECT id, public_id, name, url FROM partner ORDER BY folded, id`)
}

// CreatePartner stores a new partner and sets its id.
func (s *Store) CreatePartner(ctx context.Context, v *stet.Partner) (err error) {
	v.ID, err = s.insert(ctx, `INSERT INTO partner (public_id, name, folded, url) VALUES ($1, $2, $3, $4) RETURNING id`,
		v.PublicID, v.Name, FoldName(v.Name), v.URL)
	return err
}
