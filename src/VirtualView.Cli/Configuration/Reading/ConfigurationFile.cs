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
    public static string Find(string? named) =>
        Path.GetFullPath(named ?? NonEmpty(Environment.GetEnvironmentVariable(Variable)) ?? DefaultName);

    /// <summary>The merged configuration, or the one mistake that keeps the file from being read at all.</summary>
    public static (IConfigurationRoot? Root, Mistake? Mistake) Load(string file)
    {
        if (!File.Exists(file)) return LoadWithoutFile(file);
        if (SyntaxError(file) is { } error) return (null, error);
        try
        {
            return (new ConfigurationBuilder().AddJsonFile(new AbsoluteFiles(), file, optional: false, reloadOnChange: false).AddEnvironmentVariables().Build(), null);
        }
        catch (Exception failure) when (failure is FormatException or IOException or InvalidDataException)
        {
            // What the syntax allows and a configuration does not: above all a key that stands twice.
            return (null, new Mistake("", (failure.InnerException ?? failure).Message, file));
        }
    }

    private static (IConfigurationRoot? Root, Mistake? Mistake) LoadWithoutFile(string file)
    {
        var root = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        return root.GetSection(VirtualViewSection.Name).GetChildren().Any()
            ? (root, null)
            : (null, new Mistake("", $"there is no configuration at {file}: write one, or name another with --config FILE or {Variable}", null));
    }

    private static Mistake? SyntaxError(string file)
    {
        try
        {
            // As the configuration system reads it.
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            using var document = JsonDocument.Parse(WithoutMark(File.ReadAllBytes(file)), options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? null
                : new Mistake("", "not an object: write { \"VirtualView\": { ... } }", file);
        }
        catch (JsonException error)
        {
            var place = $"{file}, line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}";
            return new Mistake("", $"not valid JSON: {FirstSentence(error.Message)}", place);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Mistake("", $"cannot be read: {failure.Message}", file);
        }
    }

    /// <summary>Editors of other systems put a byte order mark before the text.</summary>
    private static ReadOnlyMemory<byte> WithoutMark(byte[] text) =>
        text.AsMemory(text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0);

    private static string FirstSentence(string message) =>
        message.IndexOf(" LineNumber:", StringComparison.Ordinal) is var end and > 0 ? message[..end] : message;

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
