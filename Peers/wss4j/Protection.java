import java.util.List;
import org.apache.ws.security.WSConstants;
import org.apache.ws.security.WSEncryptionPart;
import org.apache.ws.security.WSSConfig;
import org.apache.ws.security.components.crypto.Crypto;
import org.apache.ws.security.message.WSSecEncrypt;
import org.apache.ws.security.message.WSSecHeader;
import org.apache.ws.security.message.WSSecSignature;
import org.apache.ws.security.message.WSSecTimestamp;

/** Writes a Security header: signs Body and Timestamp, encrypts the Body's content, in the order of the calls. */
final class Protection {
    private static final int LIFETIME_SECONDS = 300;

    private final Envelope envelope;
    private final Crypto crypto;
    private final Settings settings;
    private final WSSecHeader header = new WSSecHeader();

    Protection(Envelope envelope, Crypto crypto, Settings settings, WSSConfig configuration) throws Exception {
        this.envelope = envelope;
        this.crypto = crypto;
        this.settings = settings;
        header.insertSecurityHeader(envelope.document);
        WSSecTimestamp timestamp = new WSSecTimestamp(configuration);
        timestamp.setTimeToLive(LIFETIME_SECONDS);
        timestamp.build(envelope.document, header);
    }

    Protection sign() throws Exception {
        WSSecSignature signature = new WSSecSignature();
        signature.setUserInfo(KeyRing.OWN, new String(KeyRing.PASSWORD));
        signature.setKeyIdentifierType(settings.keyReference());
        signature.setSignatureAlgorithm(settings.signature());
        signature.setDigestAlgo(settings.digest());
        signature.setParts(List.of(
            new WSEncryptionPart("Body", envelope.namespace(), "Element"),
            new WSEncryptionPart("Timestamp", WSConstants.WSU_NS, "Element")));
        signature.build(envelope.document, crypto, header);
        return this;
    }

    Protection encrypt() throws Exception {
        WSSecEncrypt encryption = new WSSecEncrypt();
        encryption.setUserInfo(KeyRing.RECIPIENT);
        encryption.setKeyIdentifierType(settings.keyReference());
        encryption.setSymmetricEncAlgorithm(settings.cipher());
        encryption.setKeyEnc(WSConstants.KEYTRANSPORT_RSAOEP);
        encryption.setDigestAlgorithm(settings.oaepDigest());
        encryption.setParts(List.of(new WSEncryptionPart("Body", envelope.namespace(), "Content")));
        encryption.build(envelope.document, crypto, header);
        return this;
    }
}
