using System.Text.Json.Nodes;
using VirtualView.Cli.Configuration;

namespace VirtualView.Cli.Tests.Support;

/// <summary>A configuration without mistakes, and what becomes of it with one change.</summary>
internal static class Configurations
{
    public const string Good = """
        {
          "VirtualView": {
            "View": { "Name": "exp", "MountPoint": "/mnt/exp" },
            "Sources": {
              "web": { "Kind": "Http", "Url": "http://127.0.0.1:8081/data/" },
              "nfs": { "Kind": "Local", "Path": "/export/exp" }
            },
            "Mappings": [ { "At": "/", "Sources": [ "web", "nfs" ] } ]
          }
        }
        """;

    public static ConfigurationReading Read(string json)
    {
        using var folder = new TempFolder();
        return ConfigurationReading.Read(folder.File("appsettings.json", json), mountPoint: null);
    }

    /// <summary>Reads the good configuration after <paramref name="change"/>; the answer is the mistakes as printed.</summary>
    public static string[] MistakesAfter(Action<JsonObject> change) => [.. After(change).Mistakes.Select(mistake => mistake.ToString())];

    public static ConfigurationReading After(Action<JsonObject> change)
    {
        var root = JsonNode.Parse(Good)!;
        change(root["VirtualView"]!.AsObject());
        return Read(root.ToJsonString());
    }

    public static JsonNode Json(string text) => JsonNode.Parse(text)!;
}
