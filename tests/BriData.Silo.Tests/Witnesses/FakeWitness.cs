using System.Collections.Concurrent;
using System.Net;
using System.Text;
using BriData.Ledger;
using BriData.Ledger.Merkle;
using BriData.Ledger.Notes;
using BriData.Ledger.Witnesses;

namespace BriData.Silo.Tests.Witnesses;

/// <summary>A witness of one ledger in memory, which a test can make fail.</summary>
internal sealed class FakeWitness : IDisposable
{
    private readonly CosignatureSigner _signer;
    private readonly Lock _gate = new();
    private Hash256 _root = MerkleHash.EmptyRoot;

    public FakeWitness(string name)
    {
        _signer = new CosignatureSigner(name, NoteSigner.GenerateSeed());
        Witness = new Witness(CosignatureVerifier.Parse(_signer.VerifierKey), new Uri($"https://{name}/prefix"));
    }

    public Witness Witness { get; }

    public long Size { get; private set; }

    /// <summary>Requests that arrived.</summary>
    public ConcurrentQueue<AddCheckpointRequest> Requests { get; } = new();

    /// <summary>Stands in for its answer; null lets it answer as a witness does.</summary>
    public Func<AddCheckpointRequest, CancellationToken, Task<HttpResponseMessage>>? Instead { get; set; }

    public static HttpResponseMessage Status(HttpStatusCode status, string body = "") => new(status) { Content = new StringContent(body, Encoding.UTF8) };

    public void Dispose() => _signer.Dispose();

    public NoteSignature Sign(string text) => _signer.Sign(text, 1_800_000_000);

    public Task<HttpResponseMessage> AnswerAsync(AddCheckpointRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        return Instead is { } instead ? instead(request, cancellationToken) : Task.FromResult(Answer(request));
    }

    public HttpResponseMessage Answer(AddCheckpointRequest request)
    {
        lock (_gate)
        {
            if (request.OldSize != Size)
            {
                return Status(HttpStatusCode.Conflict, $"{Size}\n");
            }

            if (!ProofVerifier.VerifyConsistency(Size, _root, request.Checkpoint.Size, request.Checkpoint.Root, request.Proof))
            {
                return Status(HttpStatusCode.UnprocessableEntity);
            }

            (Size, _root) = (request.Checkpoint.Size, request.Checkpoint.Root);
            return Status(HttpStatusCode.OK, CosignatureLines.Write(Sign(request.Note.Text)));
        }
    }
}
