#include "rounds/pages/form_choices.h"

namespace khuyenhoc::rounds {

std::vector<FormChoice> form_choices(db::Reader&, const House&, BodyId, Day) {
  return {{"bao_cao", tr("Báo cáo công tác của Hội"), "bao_cao", "bao_cao", {"H1", "H2", "9M", "Y"}, {}, {}}};
}

std::shared_ptr<const Periods> round_periods(db::Reader&, const House& house, BodyId) { return {std::shared_ptr<void>(), &house.periods}; }

}  // namespace khuyenhoc::rounds
