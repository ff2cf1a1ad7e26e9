-- A slip may be for somebody of the roster who does not head the body: which post it is for.
ALTER TABLE slip ADD COLUMN holding {int};
