using System.Text.Json;
using VirtualView.Engine.CacheControl;

namespace VirtualView.Service.Answers;

/// <summary>One line of a streamed answer: how far the work is, or, in the last line, its result or why there is none.</summary>
public sealed record WorkLine(CacheProgress? Progress, JsonElement? Result, ErrorAnswer? Error);
