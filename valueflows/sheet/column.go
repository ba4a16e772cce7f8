package sheet

// columns are the columns of the native template from which the fields of an
// event come, and those of the other forms where these have another name.
var columns = map[string]string{
	"action": "action", "stream": "stream", "hasPointInTime": "has_point_in_time", "hasBeginning": "has_beginning", "hasEnd": "has_end",
	"provider": "provider", "receiver": "receiver", "resourceQuantity": "quantity", "resourceQuantity.hasUnit": "unit",
	"effortQuantity": "effort_quantity", "effortQuantity.hasUnit": "effort_unit", "resourceConformsTo": "resource_conforms_to",
	"resourceInventoriedAs": "resource_inventoried_as", "toResourceInventoriedAs": "to_resource_inventoried_as",
	"newInventoriedResource": "new_resource", "inputOf": "input_of", "outputOf": "output_of", "toLocation": "to_location", "state": "state",
	"fulfills": "fulfills", "satisfies": "satisfies", "settles": "settles", "realizationOf": "realization_of", "corrects": "corrects",
	"note": "note", "created": "created",
}

var otherColumns = map[Form]map[string]string{
	TimeSheet: {"hasPointInTime": "date", "provider": "person", "effortQuantity": "hours", "resourceConformsTo": "what", "inputOf": "project", "note": "note", "stream": "stream"},
	Clockify:  {"hasBeginning": "start date", "hasEnd": "end date", "provider": "user", "effortQuantity": "duration (h)", "inputOf": "project", "note": "description", "stream": "tags"},
	Toggl:     {"hasBeginning": "start date", "hasEnd": "end date", "provider": "user", "effortQuantity": "duration", "inputOf": "project", "note": "description", "stream": "tags"},
}

// ColumnOf is the column of a form that the field at the end of a path comes
// from, as errors of the vocabulary give it; empty where none does.
func ColumnOf(form Form, path []string) string {
	if len(path) == 0 {
		return ""
	}
	names := columns
	if form != Native {
		names = otherColumns[form]
	}
	if len(path) > 1 {
		if name := names[path[0]+"."+path[1]]; name != "" {
			return name
		}
	}
	return names[path[0]]
}
