using System.Text.Encodings.Web;
using System.Text.Json;
using VirtualView.Engine.Status;
using VirtualView.Service.Answers;

namespace VirtualView.Service.Json;

/// <summary>The status of a view as JSON, with one more member, <c>daemon</c>, that says who answers.</summary>
public static class StatusDocument
{
    // The readers are programs and terminals, never a page of HTML: '+' in a time stays '+'.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(ViewStatus view, DaemonInfo daemon)
    {
        var status = JsonSerializer.SerializeToNode(view, ControlJson.Default.ViewStatus)!.AsObject();
        status["daemon"] = JsonSerializer.SerializeToNode(daemon, ControlJson.Default.DaemonInfo);
        return status.ToJsonString(Plain);
    }
}
