using System.Text.Json;
using System.Text.Json.Serialization;
using VirtualView.Engine.CacheControl;
using VirtualView.Engine.Status;
using VirtualView.Service.Answers;

namespace VirtualView.Service.Json;

/// <summary>The JSON form of everything the control service says, for both ends of the socket.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    Converters = [typeof(ByteRangeConverter), typeof(SourceIdConverter)])]
[JsonSerializable(typeof(ViewStatus))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(DaemonInfo))]
[JsonSerializable(typeof(PathsRequest))]
[JsonSerializable(typeof(VerifyRequest))]
[JsonSerializable(typeof(WorkLine))]
[JsonSerializable(typeof(PrefetchReport))]
[JsonSerializable(typeof(PinReport))]
[JsonSerializable(typeof(EvictReport))]
[JsonSerializable(typeof(VerifyReport))]
[JsonSerializable(typeof(ChangedPath[]))]
[JsonSerializable(typeof(DiscardAnswer))]
[JsonSerializable(typeof(SourcesAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(SyncAnswer))]
[JsonSerializable(typeof(UnmountRequest))]
[JsonSerializable(typeof(UnmountAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
public sealed partial class ControlJson : JsonSerializerContext;
