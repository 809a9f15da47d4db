using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace VisionStream.MediaMtx.Tokens;

/// <summary>
/// A key that signs tokens: EC (P-256, P-384, P-521), RSA of 2048 bits or more, or a shared secret of 32 bytes or more. Immutable and
/// safe from any thread.
/// </summary>
public sealed class SigningKey
{
    // RFC 7518, 3.2: a key for HS256 has at least 256 bits. 3.3: an RSA key has at least 2048.
    private const int ShortestSecretBytes = 32;
    private const int ShortestRsaBits = 2048;

    private readonly byte[] _private;

    private SigningKey(SecurityKey key, string algorithm, byte[] secretPart, JsonWebKey? publicKey)
    {
        (Key, Algorithm, _private, PublicKey) = (key, algorithm, secretPart, publicKey);
        key.KeyId = Id = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
    }

    /// <summary>Its thumbprint (RFC 7638), which tokens name it by.</summary>
    public string Id { get; }

    /// <summary>Its algorithm in JWT's words, for example <c>ES256</c>.</summary>
    public string Algorithm { get; }

    internal SecurityKey Key { get; }

    /// <summary>The half that may be published; <see langword="null"/> for a shared secret.</summary>
    internal JsonWebKey? PublicKey { get; }

    /// <summary>Makes a new P-256 key.</summary>
    public static SigningKey Generate()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Of(ec);
    }

    /// <summary>Takes a shared secret for HS256; MediaMTX's JWT mode cannot check such tokens, its HTTP mode can.</summary>
    /// <exception cref="ArgumentException">It has fewer than 32 bytes.</exception>
    public static SigningKey OfSecret(byte[] secret) => secret.Length >= ShortestSecretBytes
        ? new SigningKey(new SymmetricSecurityKey([.. secret]), SecurityAlgorithms.HmacSha256, [.. secret], publicKey: null)
        : throw new ArgumentException($"The signing secret has {secret.Length} bytes; {ShortestSecretBytes} or more are needed.", nameof(secret));

    /// <summary>Reads a private key in PEM; <paramref name="error"/> is a sentence without anything of the key.</summary>
    public static bool TryParsePem(string pem, [NotNullWhen(true)] out SigningKey? key, [NotNullWhen(false)] out string? error)
    {
        (key, error) = (null, null);
        try
        {
            using var ec = ECDsa.Create();
            ec.ImportFromPem(pem);
            key = Of(ec);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotSupportedException)
        {
            // No EC key; RSA keys come in the same wrapping.
        }

        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            if (rsa.KeySize < ShortestRsaBits)
            {
                error = $"The RSA key has {rsa.KeySize} bits; {ShortestRsaBits} or more are needed.";
                return false;
            }

            key = Of(rsa);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            error = "The signing key is no private EC or RSA key in PEM without a password; 'openssl ecparam -name prime256v1 -genkey -noout' makes one.";
            return false;
        }
    }

    /// <summary>
    /// Reads the private key in a file, or makes a P-256 key and keeps it there, readable by its owner alone. So tokens outlive a
    /// restart.
    /// </summary>
    /// <exception cref="InvalidDataException">The file holds no usable key; the message says why.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read or written.</exception>
    public static SigningKey LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            CreateFile(path);
        }

        return TryParsePem(File.ReadAllText(path), out var key, out var error) ? key : throw new InvalidDataException($"{path}: {error}");
    }

    /// <summary>32 bytes that only the holder of this key can make, other ones for every purpose (RFC 5869).</summary>
    internal byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _private, 32, info: Encoding.UTF8.GetBytes(purpose));

    private static SigningKey Of(ECDsa ec)
    {
        var parameters = ec.ExportParameters(includePrivateParameters: true);
        var algorithm = ec.KeySize switch
        {
            256 => SecurityAlgorithms.EcdsaSha256,
            384 => SecurityAlgorithms.EcdsaSha384,
            521 => SecurityAlgorithms.EcdsaSha512,
            _ => throw new NotSupportedException($"There is no token algorithm for a curve of {ec.KeySize} bits."),
        };

        // JSON web keys rather than the ECDsa itself: signers then make instances of their own, so that threads do not share one.
        var half = new JsonWebKey
        {
            Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
            Crv = $"P-{ec.KeySize}",
            X = Text(parameters.Q.X),
            Y = Text(parameters.Q.Y),
        };
        var whole = new JsonWebKey { Kty = half.Kty, Crv = half.Crv, X = half.X, Y = half.Y, D = Text(parameters.D) };
        return new SigningKey(whole, algorithm, parameters.D!, half);
    }

    private static SigningKey Of(RSA rsa)
    {
        var parameters = rsa.ExportParameters(includePrivateParameters: true);
        var half = new JsonWebKey { Kty = JsonWebAlgorithmsKeyTypes.RSA, N = Text(parameters.Modulus), E = Text(parameters.Exponent) };
        var whole = new JsonWebKey
        {
            Kty = half.Kty,
            N = half.N,
            E = half.E,
            D = Text(parameters.D),
            P = Text(parameters.P),
            Q = Text(parameters.Q),
            DP = Text(parameters.DP),
            DQ = Text(parameters.DQ),
            QI = Text(parameters.InverseQ),
        };
        return new SigningKey(whole, SecurityAlgorithms.RsaSha256, parameters.D!, half);
    }

    private static string Text(byte[]? bytes) => Base64UrlEncoder.Encode(bytes);

    private static void CreateFile(string path)
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var draft = $"{full}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(ec.ExportECPrivateKeyPem());
        }

        try
        {
            File.Move(draft, full, overwrite: false);
        }
        catch (IOException) when (File.Exists(full))
        {
            // Another process was quicker; its key counts.
            File.Delete(draft);
        }
    }
}
