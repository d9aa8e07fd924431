using System.Diagnostics.CodeAnalysis;

namespace VirtualView.Cli.Configuration.Values;

/// <summary>Where a secret stands: <c>env:NAME</c> or <c>file:PATH</c>. Its value is never kept here.</summary>
internal readonly record struct Secret(bool IsFile, string Location)
{
    private const string EnvironmentPrefix = "env:";
    private const string FilePrefix = "file:";

    // What others may do with the file of a secret: nothing.
    private const UnixFileMode OthersMode =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static bool TryParse(string text, out Secret secret)
    {
        secret = text switch
        {
            _ when text.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) => new Secret(false, text[EnvironmentPrefix.Length..]),
            _ when text.StartsWith(FilePrefix, StringComparison.Ordinal) => new Secret(true, text[FilePrefix.Length..]),
            _ => default,
        };
        return !string.IsNullOrEmpty(secret.Location);
    }

    /// <summary>The value, without the line end that editors put after it; or why there is none, without the value.</summary>
    public bool TryResolve([NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? problem)
    {
        (value, problem) = IsFile ? ReadFile() : ReadEnvironment();
        return value is not null;
    }

    public override string ToString() => (IsFile ? FilePrefix : EnvironmentPrefix) + Location;

    private (string? Value, string? Problem) ReadEnvironment() =>
        Environment.GetEnvironmentVariable(Location) is { Length: > 0 } value
            ? (value, null)
            : (null, $"the environment variable {Location} is not set: set it for the daemon, or name another");

    private (string? Value, string? Problem) ReadFile()
    {
        if (!Path.IsPathFullyQualified(Location)) return (null, $"the path {Location} is relative: write file:/ABSOLUTE/PATH");
        try
        {
            // The mode of what was opened, not of what the name leads to a moment later.
            using var file = new FileStream(Location, FileMode.Open, FileAccess.Read, FileShare.Read);
            var mode = File.GetUnixFileMode(file.SafeFileHandle);
            if ((mode & OthersMode) != 0)
                return (null, $"the file {Location} has mode {PermissionBits.Show((int)mode)}, so others can reach the secret: chmod 600 {Location}");
            using var reader = new StreamReader(file);
            var value = reader.ReadToEnd().TrimEnd('\r', '\n');
            return value.Length > 0 ? (value, null) : (null, $"the file {Location} is empty: write the secret into it");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, $"the file {Location} cannot be read ({failure.Message}): make it readable for the daemon's user only");
        }
    }
}
