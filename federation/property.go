package federation

// Properties of ActivityStreams are written in several ways: one value or a list
// of them, an object or its id. Here they are read as one.

// textOf is a text, and empty where there is something else.
func textOf(value any) string {
	text, _ := value.(string)
	return text
}

// objectOf is an object, and nil where there is something else.
func objectOf(value any) map[string]any {
	object, _ := value.(map[string]any)
	return object
}

// listOf is a list, or the one value as a list; nothing where there is none.
func listOf(value any) []any {
	switch value := value.(type) {
	case nil:
		return nil
	case []any:
		return value
	}
	return []any{value}
}

// idOf is the IRI of what is named by its IRI or embedded, and empty where there
// is neither.
func idOf(value any) string {
	if object := objectOf(value); object != nil {
		return textOf(object["id"])
	}
	return textOf(value)
}

// typesOf are the types of an object.
func typesOf(object map[string]any) []string {
	var types []string
	for _, value := range listOf(object["type"]) {
		if text := textOf(value); text != "" {
			types = append(types, text)
		}
	}
	return types
}
