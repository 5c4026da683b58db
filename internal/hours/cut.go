package hours

// cut is what an inherited rule leaves of the day that the library would have
// without that owner's rules (section 3, "An inherited rule only takes away").
// Where it takes nothing away, reason and note stay as they would have been
// (section 5); the rule is still what decided.
func cut(rule, would answer) answer {
	kept := would
	kept.by = rule.by
	switch {
	case rule.Status == Closed:
		return rule
	case would.Status == Closed, rule.Status == AllDay, rule.Status == would.Status && rule.Status != Open:
		return kept
	case rule.Status == Unknown || would.Status == Unknown, rule.Status == ByAppointment || would.Status == ByAppointment:
		return cutWords(rule, kept)
	}
	shared := share(rule.Intervals, would.Intervals)
	left := valueOf(shared)
	if minutes(shared) == minutes(would.Intervals) {
		left.Note = would.Note
		kept.Value = left
		return kept
	}
	left.Note = rule.Note
	rule.Value = left
	return rule
}

// cutWords cuts where one side, not closed, is unknown or by appointment, which
// hours cannot be cut by: unknown wins over all, by appointment over hours.
func cutWords(rule, kept answer) answer {
	if rule.Status == Unknown || rule.Status == ByAppointment && kept.Status != Unknown {
		return rule
	}
	return kept
}

// share returns the time that both have, in order. Intervals that touch stay
// apart.
func share(a, b []Interval) []Interval {
	var both []Interval
	for _, i := range a {
		for _, j := range b {
			if s := (Interval{max(i.From, j.From), min(i.To, j.To)}); s.From < s.To {
				both = append(both, s)
			}
		}
	}
	return both
}

// valueOf is the value of a day that is open in these intervals alone.
func valueOf(intervals []Interval) Value {
	if len(intervals) == 0 {
		return Value{Status: Closed}
	}
	last := len(intervals) - 1
	if intervals[0].From == 0 && intervals[last].To == midnight && minutes(intervals) == midnight {
		return allDay()
	}
	return Value{Status: Open, Intervals: intervals}
}

func minutes(intervals []Interval) Clock {
	var sum Clock
	for _, i := range intervals {
		sum += i.To - i.From
	}
	return sum
}
