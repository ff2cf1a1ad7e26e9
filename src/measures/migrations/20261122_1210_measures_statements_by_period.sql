-- A commune's grid reads one period of a hundred branches; by series alone it would walk through all their years.
CREATE INDEX statement_by_period ON statement (body, last_day, first_day);
