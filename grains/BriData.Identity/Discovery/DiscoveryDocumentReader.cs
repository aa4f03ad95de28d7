using Microsoft.IdentityModel.Protocols;

namespace BriData.Identity.Discovery;

/// <summary>
/// Fetches one discovery document or key set. The address must be https, or http on loopback where that is allowed; the
/// same holds for the <c>jwks_uri</c> that a document names. Anything but 200 within the size limit is an error.
/// </summary>
internal sealed class DiscoveryDocumentReader(IHttpClientFactory clients, IdentityOptions options) : IDocumentRetriever
{
    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !IsAllowed(uri))
        {
            throw new HttpRequestException("The address of a discovery document or key set must be an absolute https URL.");
        }

        using var client = clients.CreateClient(IdentityOptions.DiscoveryClientName);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (response.StatusCode != System.Net.HttpStatusCode.OK)
        {
            throw new HttpRequestException("The issuer did not answer 200.", null, response.StatusCode);
        }

        await response.Content.LoadIntoBufferAsync(options.MaximumMetadataBytes, cancel);
        return await response.Content.ReadAsStringAsync(cancel);
    }

    private bool IsAllowed(Uri uri) =>
        uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (options.AllowInsecureLoopback && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
