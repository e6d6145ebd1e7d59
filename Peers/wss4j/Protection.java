import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.ws.security.WSConstants;
import org.apache.ws.security.WSEncryptionPart;
import org.apache.ws.security.WSSConfig;
import org.apache.ws.security.components.crypto.Crypto;
import org.apache.ws.security.components.crypto.CryptoType;
import org.apache.ws.security.message.WSSecEncrypt;
import org.apache.ws.security.message.WSSecHeader;
import org.apache.ws.security.message.WSSecSignature;
import org.apache.ws.security.message.WSSecSignatureConfirmation;
import org.apache.ws.security.message.WSSecTimestamp;
import org.apache.ws.security.message.WSSecUsernameToken;

/** Writes a Security header with a timestamp; signs, encrypts and puts tokens into it in the order of the calls. */
final class Protection {
    static final String USER = "alice";
    static final String PASSWORD = "correct horse battery staple";
    private static final int LIFETIME_SECONDS = 300;

    private final Envelope envelope;
    private final Crypto crypto;
    private final Settings settings;
    private final WSSecHeader header = new WSSecHeader();

    Protection(Envelope envelope, Crypto crypto, Settings settings, WSSConfig configuration) throws Exception {
        this.envelope = envelope;
        this.crypto = crypto;
        this.settings = settings;
        if (settings.actor() != null) header.setActor(settings.actor());
        header.insertSecurityHeader(envelope.document);
        WSSecTimestamp timestamp = new WSSecTimestamp(configuration);
        timestamp.setTimeToLive(LIFETIME_SECONDS);
        timestamp.build(envelope.document, header);
    }

    Protection token() throws Exception {
        WSSecUsernameToken token = new WSSecUsernameToken();
        token.setPasswordType(settings.username().equals("text") ? WSConstants.PASSWORD_TEXT : WSConstants.PASSWORD_DIGEST);
        token.setUserInfo(USER, PASSWORD);
        token.addNonce();
        token.addCreated();
        token.build(envelope.document, header);
        return this;
    }

    /** Confirms the signatures of a request with these values; none = the request had no signature. */
    Protection confirm(List<byte[]> values) throws Exception {
        for (byte[] value : values.isEmpty() ? Collections.<byte[]>singletonList(null) : values) {
            new WSSecSignatureConfirmation().build(envelope.document, value, header);
        }
        return this;
    }

    Protection sign() throws Exception {
        WSSecSignature signature = new WSSecSignature();
        signature.setUserInfo(KeyRing.OWN, new String(KeyRing.PASSWORD));
        signature.setKeyIdentifierType(settings.signatureReference());
        signature.setSignatureAlgorithm(settings.signature());
        signature.setDigestAlgo(settings.digest());
        signature.setSigCanonicalization(settings.canonicalization());
        signature.setUseSingleCertificate(!settings.usesChain());
        if (settings.signatureReference() == WSConstants.KEY_VALUE) signature.setX509Certificate(ownCertificate());
        if (settings.sharesSecret()) {
            signature.setSecretKey(settings.secret());
            signature.setEncrKeySha1value(settings.secretName());
        }
        List<String> words = new ArrayList<>(settings.signed());
        if (words.remove("token")) {
            signWithToken(signature, words);
        } else {
            signature.setParts(Parts.signed(words, envelope.namespace()));
            signature.build(envelope.document, crypto, header);
        }
        return this;
    }

    /** The token must be in the header before it can be referenced. */
    private void signWithToken(WSSecSignature signature, List<String> words) throws Exception {
        signature.prepare(envelope.document, crypto, header);
        signature.prependBSTElementToHeader(header);
        List<WSEncryptionPart> parts = new ArrayList<>(Parts.signed(words, envelope.namespace()));
        parts.add(new WSEncryptionPart(signature.getBSTTokenId()));
        signature.computeSignature(signature.addReferencesToSign(parts, header), false, null);
    }

    Protection encrypt() throws Exception {
        String mask = settings.transport().mask();
        if (mask != null && !mask.endsWith("mgf1sha1")) throw new Refusal("WSS4J 1.6 writes no MGF: its mask generation is with SHA-1");
        WSSecEncrypt encryption = new WSSecEncrypt();
        encryption.setUserInfo(KeyRing.RECIPIENT);
        encryption.setKeyIdentifierType(settings.encryptionReference());
        encryption.setSymmetricEncAlgorithm(settings.cipher());
        encryption.setKeyEnc(settings.transport().uri());
        if (settings.transport().digest() != null) encryption.setDigestAlgorithm(settings.transport().digest());
        encryption.setEmbedEncryptedKey(settings.embedsKey());
        if (settings.sharesSecret()) {
            encryption.setEphemeralKey(settings.secret());
            encryption.setEncryptSymmKey(false);
            encryption.setCustomReferenceValue(settings.secretName());
        }
        encryption.setParts(Parts.encrypted(settings.encrypted(), envelope.namespace()));
        encryption.build(envelope.document, crypto, header);
        return this;
    }

    private java.security.cert.X509Certificate ownCertificate() throws Exception {
        CryptoType own = new CryptoType(CryptoType.TYPE.ALIAS);
        own.setAlias(KeyRing.OWN);
        return crypto.getX509Certificates(own)[0];
    }
}
