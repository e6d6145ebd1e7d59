#include <libxml/c14n.h>
#include <libxml/parser.h>
