// Only the thread-safe calls that take a context handle.
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>
