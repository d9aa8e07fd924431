using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using VirtualView.Service.Access;

namespace VirtualView.Service.Sockets;

/// <summary>
/// Closes connections of other users before a byte of theirs is read. The socket's mode keeps them out already; this
/// holds where a folder was opened by mistake, or the descriptor was passed on.
/// </summary>
internal sealed partial class PeerGate(ConnectionDelegate next, uint daemonUserId, ILogger logger)
{
    public Task InvokeAsync(ConnectionContext connection)
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket || !IsAllowed(socket))
        {
            connection.Abort();
            return Task.CompletedTask;
        }

        ScopeGate.Grant(connection.Items, ApiScope.Admin);
        return next(connection);
    }

    private bool IsAllowed(Socket socket)
    {
        var peer = PeerCredentials.Of(socket);
        if (peer.MayControl(daemonUserId)) return true;
        LogRefused(peer.UserId, peer.ProcessId);
        return false;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Refused a connection of user {UserId} (process {ProcessId}) to the control socket")]
    private partial void LogRefused(uint userId, int processId);
}
