// The sign-ins of a demo installation, kept beside its data so that every start can show them. An installation of real people has none.
#pragma once

#include "app/application.h"

namespace khuyenhoc {

void keep_demo_sign_ins(const InstallationPlace& place, const std::vector<DemoSignIn>& sign_ins);
std::vector<DemoSignIn> demo_sign_ins_of(const InstallationPlace& place);       // empty where there are none
std::string demo_sign_in_lines(const std::vector<DemoSignIn>& sign_ins);        // "  Bà …: số điện thoại …, mật khẩu …"

}  // namespace khuyenhoc
