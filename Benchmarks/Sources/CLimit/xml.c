#include "limit.h"
#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <openssl/evp.h>
#include <string.h>

static const char *utility =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

static int write_digest(void *context, const char *octets, int count) {
    return EVP_DigestUpdate(context, octets, (size_t)count) == 1 ? count : -1;
}

static int is_below(void *apex, xmlNodePtr node, xmlNodePtr parent) {
    for (xmlNodePtr next = node->type == XML_NAMESPACE_DECL ? parent : node; next; next = next->parent)
        if (next == apex) return 1;
    return 0;
}

static xmlNodePtr find(xmlNodePtr node, const char *id) {
    for (; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE) continue;
        xmlChar *value = xmlGetNsProp(node, BAD_CAST "Id", BAD_CAST utility);
        int is_wanted = value && strcmp((const char *)value, id) == 0;
        xmlFree(value);
        if (is_wanted) return node;
        xmlNodePtr found = find(node->children, id);
        if (found) return found;
    }
    return NULL;
}

int limit_xml(const uint8_t *octets, size_t count, const char *id, uint8_t *digest) {
    int flags = XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xmlDocPtr document = xmlReadMemory((const char *)octets, (int)count, NULL, NULL, flags);
    if (!document) return 0;
    xmlNodePtr apex = find(xmlDocGetRootElement(document), id);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int is_done = 0;
    if (apex && EVP_DigestInit_ex2(context, EVP_sha256(), NULL) == 1) {
        xmlOutputBufferPtr output = xmlOutputBufferCreateIO(write_digest, NULL, context, NULL);
        is_done = xmlC14NExecute(document, is_below, apex, XML_C14N_EXCLUSIVE_1_0, NULL, 0, output) >= 0;
        is_done = xmlOutputBufferClose(output) >= 0 && is_done && EVP_DigestFinal_ex(context, digest, NULL) == 1;
    }
    EVP_MD_CTX_free(context);
    xmlFreeDoc(document);
    return is_done;
}
