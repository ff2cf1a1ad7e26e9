-- An annex is written in slices: how many figures it writes in all, and when its last slice was.
ALTER TABLE past_annex ADD COLUMN figures_wanted {int} NOT NULL DEFAULT 0;
ALTER TABLE past_annex ADD COLUMN moved_ms {int} NOT NULL DEFAULT 0;
