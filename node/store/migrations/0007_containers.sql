-- +goose Up

-- The containers of a digital thing besides the one that it was put into last; in
-- the table inverse as also_in.
ALTER TABLE economic_resource ADD COLUMN also_in TEXT NOT NULL DEFAULT '';

-- +goose Down
DELETE FROM inverse WHERE property = 'also_in';
ALTER TABLE economic_resource DROP COLUMN also_in;
