using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using VirtualView.Cli.Configuration.Sections;

namespace VirtualView.Cli.Configuration.Reading;

/// <summary>Finds the configuration file and reads it together with the environment.</summary>
internal static class ConfigurationFile
{
    public const string Variable = "VIRTUALVIEW_CONFIG";
    public const string DefaultName = "appsettings.json";

    /// <summary>What the user named, else what the environment names, else <c>./appsettings.json</c>; absolute.</summary>
    public static string Find(string? named) => Path.GetFullPath(Named(named) ?? DefaultName);

    /// <summary>False where it is looked for at its usual place only, so that it need not be there.</summary>
    public static bool IsNamed(string? named) => Named(named) is not null;

    /// <param name="mustExist">False where the environment alone is enough.</param>
    public static LoadedConfiguration Load(string file, bool mustExist)
    {
        if (!File.Exists(file)) return LoadWithoutFile(file, mustExist);
        try
        {
            // As configurations are written everywhere.
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            using var document = JsonDocument.Parse(WithoutMark(File.ReadAllBytes(file)), options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return Unreadable("not an object: write { \"VirtualView\": { ... } }", file);
            var values = new JsonValues(file, document.RootElement);
            return new LoadedConfiguration(new ConfigurationBuilder().Add(values).AddEnvironmentVariables().Build(), [.. values.Mistakes]);
        }
        catch (JsonException error)
        {
            return Unreadable($"not valid JSON: {FirstSentence(error.Message)}", $"{file}, line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Unreadable($"cannot be read: {failure.Message}", file);
        }
    }

    private static LoadedConfiguration LoadWithoutFile(string file, bool mustExist)
    {
        if (Directory.Exists(file)) return Unreadable("the configuration is a folder: name the file in it", file);
        var root = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        return !mustExist && root.GetSection(VirtualViewSection.Name).GetChildren().Any()
            ? new LoadedConfiguration(root)
            : Unreadable($"there is no configuration at {file}: write one, or name another with --config FILE or {Variable}", null);
    }

    private static LoadedConfiguration Unreadable(string why, string? place) => new(null, new Mistake("", why, place));

    /// <summary>Editors of other systems put a byte order mark before the text.</summary>
    private static ReadOnlyMemory<byte> WithoutMark(byte[] text) =>
        text.AsMemory(text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0);

    private static string FirstSentence(string message) =>
        message.IndexOf(" LineNumber:", StringComparison.Ordinal) is var end and > 0 ? message[..end] : message;

    private static string? Named(string? named) => named ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable ? variable : null);
}
