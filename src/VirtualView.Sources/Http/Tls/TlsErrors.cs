using System.Security.Authentication;

namespace VirtualView.Sources.Http.Tls;

/// <summary>Why TLS failed, in words that say what to do.</summary>
internal static class TlsErrors
{
    public static string Explain(Exception failure)
    {
        var reason = failure.GetBaseException().Message;
        if (failure.InnerException is not AuthenticationException { Message: var verdict } || !Says(verdict, "certificate"))
            return $"no TLS connection ({reason}): check that Url says https where, and only where, the server does";
        if (Says(verdict, "NameMismatch"))
            return "the server's certificate is for another host name: write in Url the name that stands in the certificate";
        if (Says(verdict, "NotTimeValid"))
            return "the server's certificate has expired or is not valid yet: check the clock of this machine, or ask whoever runs the server";
        if (Says(verdict, "UntrustedRoot") || Says(verdict, "PartialChain"))
            return "the server's certificate is not signed by an authority that is trusted here: set CaFile of this source to the PEM file of the authority that signed it";
        return $"TLS failed: {reason}";
    }

    private static bool Says(string text, string word) => text.Contains(word, StringComparison.Ordinal);
}
