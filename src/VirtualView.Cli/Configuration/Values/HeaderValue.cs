using System.Diagnostics.CodeAnalysis;

namespace VirtualView.Cli.Configuration.Values;

/// <summary>The value of a request header: a reference to a secret, or plain text where the header carries none.</summary>
internal readonly record struct HeaderValue(string Text)
{
    private static readonly string[] SecretWords =
        ["auth", "cookie", "token", "secret", "password", "passwd", "credential", "signature", "session", "key"];

    public bool IsReference => Secret.TryParse(Text, out _);

    /// <summary>True for headers that usually carry a secret, by their name.</summary>
    public static bool IsSecretHeader(string name) =>
        SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    public bool TryResolve([NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? problem)
    {
        if (Secret.TryParse(Text, out var secret)) return secret.TryResolve(out value, out problem);
        (value, problem) = (Text, null);
        return true;
    }

    public override string ToString() => Text;
}
