"""signxml: signatures alone, detached within the envelope; the Security header around them is ours."""

from dataclasses import replace
from pathlib import Path

from signxml import (
    CanonicalizationMethod, DigestAlgorithm, SignatureConfiguration, SignatureConstructionMethod, SignatureMethod,
    SignatureReference, XMLSigner, XMLVerifier,
)

import references
from algorithms import CANONICALIZATIONS, DIGESTS, SIGNATURES, uri
from envelope import DS, WSSE, Refusal, header, identifier, parts, require_signed


class _Signer(XMLSigner):
    """SHA-1 where a job asks for it: signxml forbids it unless this check is overridden, as its documentation says."""

    def check_deprecated_methods(self):
        pass


def sign(envelope, words):
    certificate = references.load(words["key"] + ".crt.pem")
    info = references.key_info(envelope, certificate, words.get("signature-reference", "binarySecurityToken"))
    signer = _Signer(
        method=SignatureConstructionMethod.detached,
        signature_algorithm=uri(SIGNATURES, words.get("signature", "rsa-sha256")),
        digest_algorithm=uri(DIGESTS, words.get("digest", "sha256")),
        c14n_algorithm=uri(CANONICALIZATIONS, words.get("canonicalization", "exclusive")),
    )
    targets = [identifier(target) for target in parts(envelope, words, "signed", "body,timestamp")]
    key = Path(words.get("secret", words["key"] + ".key.pem")).read_bytes()
    uris = [SignatureReference(URI="#" + target) for target in targets]
    signature = signer.sign(envelope, key=key, key_info=info, reference_uri=uris)
    if "secret" in words:  # signxml leaves KeyInfo out under a shared secret
        signature.append(info)
    header(envelope).append(signature)


def verify(envelope, words):
    """Every algorithm that signxml knows; it verifies with the certificate that it is given."""
    security = header(envelope)
    signature = security.find(f"{{{DS}}}Signature")
    if signature is None:
        raise Refusal("there is no Signature")
    certificate = references.load(words["trust"])
    references.require(envelope, signature.find(f"{{{DS}}}KeyInfo"), certificate)
    configuration = SignatureConfiguration(
        location=f".//{{{WSSE}}}Security/",
        expect_references=len(signature.findall(f"{{{DS}}}SignedInfo/{{{DS}}}Reference")),
        signature_methods=frozenset(SignatureMethod),
        digest_algorithms=frozenset(DigestAlgorithm),
    )
    XMLVerifier().verify(envelope, x509_cert=certificate, expect_config=configuration)
    require_signed(envelope, words)
