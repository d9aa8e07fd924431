using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VirtualView.Sources.Http.Tls;

/// <summary>The authorities whose certificates are believed: those of the system, or those of a file instead.</summary>
public static class TrustedAuthorities
{
    /// <summary>What is wrong with the file; null if nothing is.</summary>
    public static string? FindProblem(string caFile)
    {
        if (!Path.IsPathFullyQualified(caFile)) return $"'{caFile}' is relative; write an absolute path";
        try
        {
            var authorities = Load(caFile);
            if (authorities.Count == 0) return $"'{caFile}' holds no certificate; write the path of a PEM file (-----BEGIN CERTIFICATE-----)";
            Forget(authorities);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"'{caFile}' cannot be read ({failure.Message}); write the path of a PEM file that the daemon's user may read";
        }
        catch (CryptographicException)
        {
            return $"'{caFile}' is not a legal PEM file of certificates";
        }
    }

    /// <summary>Chain, time and host name are checked as always; only the roots are others.</summary>
    internal static SslClientAuthenticationOptions Options(string? caFile)
    {
        var options = new SslClientAuthenticationOptions();
        if (caFile is null) return options;
        options.CertificateChainPolicy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck, // authorities of one's own rarely publish what they revoke
            TrustMode = X509ChainTrustMode.CustomRootTrust,
        };
        options.CertificateChainPolicy.CustomTrustStore.AddRange(Load(caFile));
        return options;
    }

    private static X509Certificate2Collection Load(string caFile)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(caFile);
        return authorities;
    }

    private static void Forget(X509Certificate2Collection certificates)
    {
        foreach (var certificate in certificates)
            certificate.Dispose();
    }
}
