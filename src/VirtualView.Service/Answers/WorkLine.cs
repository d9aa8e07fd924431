using System.Text.Json;
using System.Text.Json.Serialization;
using VirtualView.Engine.CacheControl;

namespace VirtualView.Service.Answers;

/// <summary>One line of a streamed answer: how far the work is, or, in the last line, its result or why there is none.</summary>
public sealed record WorkLine(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CacheProgress? Progress,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Result,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ErrorAnswer? Error);
