-- +goose Up

-- What a cash flow adds up of a specification before it begins, in the order of time.
CREATE INDEX economic_event_specification ON economic_event (lab, specification, happened);

-- +goose Down
DROP INDEX economic_event_specification;
