using System.Security.Cryptography;
using System.Text;
using BriData.Contracts;

namespace BriData.Grains.Security;

/// <summary>
/// What a ledger holds of a request, so that a repetition is recognised: HMAC-SHA256 over the operation's key and its
/// fingerprint, lower hex. The fingerprint covers texts that can be erased; without the platform's key nobody can try a
/// guessed text against the ledger (I9), and the same request under two keys leaves two marks.
/// </summary>
public sealed class OperationMarks(PlatformKeys keys)
{
    /// <summary>The member <c>op</c> of an operation's entry.</summary>
    public string Of(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keys.OperationKey, Encoding.UTF8.GetBytes($"{operation.Key}\0{operation.Fingerprint}"), mac);
        return Convert.ToHexStringLower(mac);
    }
}
