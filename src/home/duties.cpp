#include "home/duties.h"

#include <algorithm>

namespace khuyenhoc::home {
namespace {

std::string button_of(const DueForm& form) {
  switch (form.kind) {
    case DueForm::Kind::branch_form: return form.filled == form.asked ? tr("Gửi số liệu") : form.filled == 0 ? tr("Ghi số liệu") : tr("Ghi tiếp số liệu");
    case DueForm::Kind::grid: return form.filled == 0 ? tr("Nhập số liệu") : tr("Nhập tiếp số liệu");
    case DueForm::Kind::own_form: return form.filled == 0 ? tr("Nhập số riêng") : tr("Nhập tiếp số riêng");
    case DueForm::Kind::round: break;
  }
  return tr("Xem tiến độ");
}

}  // namespace

std::int64_t Duties::mine() const { return std::ranges::count_if(due, &Due::mine); }

Duties duties_of(const House& house, const Viewer& viewer, const NamedPeriod& period) {
  Duties out;
  const bool may_enter = viewer.may(Permission::enter_figures, viewer.acting_for());
  for (DueForm& form : due_forms(house, viewer.acting_for(), period, viewer.today())) {
    Due due{std::move(form), may_enter, {}};
    due.button = button_of(due.form);
    (due.form.state == EntryState::done ? out.done : out.due).push_back(std::move(due));
  }
  return out;
}

}  // namespace khuyenhoc::home
