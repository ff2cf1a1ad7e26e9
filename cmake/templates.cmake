# khuyenhoc_templates(<target> <folder> [TESTS])
# Compiles src/<folder>/**/*.html into <target>: generated/<path>.html.h and .html.cpp. Files named *_test.html go only into the test program (TESTS).
function(khuyenhoc_templates target folder)
  cmake_parse_arguments(TEMPLATES "TESTS" "" "" ${ARGN})
  file(GLOB_RECURSE templates RELATIVE ${PROJECT_SOURCE_DIR}/src CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${folder}/*.html)
  if(TEMPLATES_TESTS)
    list(FILTER templates INCLUDE REGEX "_test\\.html$")
  else()
    list(FILTER templates EXCLUDE REGEX "_test\\.html$")
  endif()
  set(generated ${PROJECT_BINARY_DIR}/generated)
  foreach(template ${templates})
    add_custom_command(
      OUTPUT ${generated}/${template}.cpp ${generated}/${template}.h
      COMMAND template_compiler ${PROJECT_SOURCE_DIR}/src ${generated} ${template}
      DEPENDS ${PROJECT_SOURCE_DIR}/src/${template} template_compiler
      COMMENT "Compiling template ${template}" VERBATIM)
    target_sources(${target} PRIVATE ${generated}/${template}.cpp ${generated}/${template}.h)
  endforeach()
endfunction()
