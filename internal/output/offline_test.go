package output

import (
	"strings"
	"testing"
)

func TestWorkerTemplateHasTwoPlaces(t *testing.T) {
	t.Parallel()
	if strings.Count(worker, "%s") != 2 || strings.Contains(strings.ReplaceAll(worker, "%s", ""), "%") {
		t.Error("the worker must have a place for its cache's name and one for its list, and no other verb")
	}
	if !strings.Contains(removal, "unregister") {
		t.Error("the removal does not take the worker away")
	}
}
