// Reporting rounds for other rooms: what is asked and in which state it is, the board of a round, what is to be done, calling in what is late, the pages.
#pragma once

#include "rounds/add_pages.h"
#include "rounds/board.h"
#include "rounds/board_filter.h"
#include "rounds/duties.h"
#include "rounds/reminding.h"
#include "rounds/reporting_round.h"
