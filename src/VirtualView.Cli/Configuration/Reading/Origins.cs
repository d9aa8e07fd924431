using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace VirtualView.Cli.Configuration.Reading;

/// <summary>Says which file or environment variable gave a key its value.</summary>
internal sealed class Origins(IConfigurationRoot root)
{
    /// <summary>Null when nothing gave it: the default holds.</summary>
    public string? Of(KeyPath key)
    {
        foreach (var provider in root.Providers.Reverse())
        {
            if (Says(provider, key.Path)) return Name(provider, key);
        }

        return null;
    }

    /// <summary>What was written; null where nothing was.</summary>
    public string? TextOf(KeyPath key) => root[key.Path] is { Length: > 0 } text ? text : null;

    private static bool Says(IConfigurationProvider provider, string path) =>
        provider.TryGet(path, out _) || provider.GetChildKeys([], path).Any();

    private static string Name(IConfigurationProvider provider, KeyPath key) => provider switch
    {
        JsonValues json => json.File,
        EnvironmentVariablesConfigurationProvider => $"environment {key.AsEnvironmentVariable()}",
        _ => provider.GetType().Name,
    };
}
