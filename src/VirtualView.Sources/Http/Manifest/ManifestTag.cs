using System.Diagnostics.CodeAnalysis;

namespace VirtualView.Sources.Http.Manifest;

/// <summary>The tag of a version that a manifest identifies by its content: <c>sha256-</c> and 64 hexadecimal digits.</summary>
internal static class ManifestTag
{
    private const string Prefix = "sha256-";
    private const int HexDigits = 64;

    public static bool IsOne([NotNullWhen(true)] string? tag) => tag?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    public static string Of(ReadOnlySpan<byte> sha256) => Prefix + Convert.ToHexStringLower(sha256);

    /// <summary>Null if it is not the hexadecimal form of a SHA-256.</summary>
    public static byte[]? Parse(string hex) =>
        hex.Length == HexDigits && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex) : null;
}
