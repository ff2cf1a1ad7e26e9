-- Whoever corrects a post asks which seats came with it, and whoever corrects a seat which were chosen from it; few rows, asked by these alone.
CREATE INDEX committee_member_by_holding ON committee_member (holding);
CREATE INDEX committee_member_by_seat ON committee_member (among);
