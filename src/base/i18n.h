// The languages people read: Vietnamese is the source of every sentence, English its translation by catalogue.
#pragma once

namespace khuyenhoc {

enum class Language { vietnamese, english };

}  // namespace khuyenhoc
