// Published versions as read once and kept: they never change.
#pragma once

#include <memory>

#include "forms/forms.h"

namespace khuyenhoc {

// "form.unknown"; drafts are read anew each time.
Result<std::shared_ptr<const FormVersion>> known_version(db::Reader& reader, const House& house, FormVersionId id);

}  // namespace khuyenhoc
