# The English catalogue, compiled by gettext and embedded; the test `messages` says which marked sentences have no English yet.
find_program(KHUYENHOC_MSGFMT msgfmt REQUIRED)
set(english_mo ${PROJECT_BINARY_DIR}/generated/en.mo)
set(KHUYENHOC_ENGLISH_CATALOGUE ${PROJECT_BINARY_DIR}/generated/english_catalogue.cpp)
# owned by the folder src/, whose part `base` compiles it
function(khuyenhoc_english_catalogue)
  add_custom_command(OUTPUT ${KHUYENHOC_ENGLISH_CATALOGUE}
    COMMAND ${KHUYENHOC_MSGFMT} --check -o ${english_mo} ${PROJECT_SOURCE_DIR}/catalogue/en.po
    COMMAND embed_file ${english_mo} english_catalogue ${KHUYENHOC_ENGLISH_CATALOGUE}
    DEPENDS ${PROJECT_SOURCE_DIR}/catalogue/en.po embed_file VERBATIM)
endfunction()
add_test(NAME messages COMMAND ${PROJECT_SOURCE_DIR}/tools/check_messages $<TARGET_FILE:collect_messages> ${PROJECT_SOURCE_DIR})
