#include "access/first_account.h"

#include <string_view>

namespace khuyenhoc {

constexpr std::string_view any_account = "SELECT id FROM app_user LIMIT 1";
bool has_accounts(db::Reader& reader) { return reader.first_number(any_account).has_value(); }

}  // namespace khuyenhoc
