-- Every saving asks whether a total above was taken over at a restructure: few facts are, so they have an index of their own.
CREATE INDEX fact_taken_over ON fact (body, series, layer) WHERE layer IN (1, 2) AND kind IN (1, 3);
