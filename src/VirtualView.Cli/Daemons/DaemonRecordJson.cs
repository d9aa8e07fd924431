using System.Text.Json;
using System.Text.Json.Serialization;

namespace VirtualView.Cli.Daemons;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(DaemonRecord))]
internal sealed partial class DaemonRecordJson : JsonSerializerContext;
