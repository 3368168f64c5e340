package dev.parley.kubernetes;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * Who may speak to whom by the network policies, judged as a cluster judges: a pod that no policy selects is open, else
 * what none allows is refused.
 */
final class Network {

    /** One end of a connection: a pod of our namespace, of another one, or an address of the world. */
    sealed interface End {
        record Pod(Map<String, String> labels, Map<String, Integer> ports) implements End {}

        record Elsewhere(String namespace) implements End {}

        record World(String address) implements End {}
    }

    private final List<NetworkPolicy> policies;

    Network(Manifests manifests) {
        this.policies = manifests.all(NetworkPolicy.class);
    }

    boolean allows(End from, End to, String protocol, int port) {
        return (!(from instanceof End.Pod pod) || leaves(pod, to, protocol, port))
                && (!(to instanceof End.Pod target) || enters(target, from, protocol, port));
    }

    private boolean leaves(End.Pod from, End to, String protocol, int port) {
        var ports = to instanceof End.Pod pod ? pod.ports() : Map.<String, Integer>of();
        var selecting = selecting("Egress", from);
        return selecting.isEmpty()
                || selecting.stream()
                        .flatMap(policy -> policy.getSpec().getEgress().stream())
                        .anyMatch(rule -> isPeer(rule.getTo(), to) && isPort(rule.getPorts(), protocol, port, ports));
    }

    private boolean enters(End.Pod to, End from, String protocol, int port) {
        var selecting = selecting("Ingress", to);
        return selecting.isEmpty()
                || selecting.stream()
                        .flatMap(policy -> policy.getSpec().getIngress().stream())
                        .anyMatch(rule ->
                                isPeer(rule.getFrom(), from) && isPort(rule.getPorts(), protocol, port, to.ports()));
    }

    private List<NetworkPolicy> selecting(String direction, End.Pod pod) {
        return policies.stream()
                .filter(policy ->
                        policy.getSpec().getPolicyTypes().contains(direction)
                                && matches(policy.getSpec().getPodSelector(), pod.labels()))
                .toList();
    }

    static boolean matches(LabelSelector selector, Map<String, String> labels) {
        if (!selector.getMatchExpressions().isEmpty()) {
            throw new IllegalStateException("Expressions in selectors are not looked at here");
        }
        return selector.getMatchLabels() == null || labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
    }

    private static boolean isPeer(List<NetworkPolicyPeer> peers, End end) {
        return peers.isEmpty()
                || peers.stream()
                        .anyMatch(peer ->
                                switch (end) {
                                    case End.Pod pod ->
                                            peer.getPodSelector() != null
                                                    && peer.getNamespaceSelector() == null
                                                    && matches(peer.getPodSelector(), pod.labels());
                                    case End.Elsewhere elsewhere ->
                                            peer.getNamespaceSelector() != null
                                                    && peer.getPodSelector() == null
                                                    && matches(
                                                            peer.getNamespaceSelector(),
                                                            Map.of(
                                                                    "kubernetes.io/metadata.name",
                                                                    elsewhere.namespace()));
                                    case End.World world ->
                                            peer.getIpBlock() != null && holds(peer.getIpBlock(), world.address());
                                });
    }

    private static boolean holds(IPBlock block, String address) {
        return holds(block.getCidr(), address) && block.getExcept().stream().noneMatch(cidr -> holds(cidr, address));
    }

    private static boolean holds(String cidr, String address) {
        var parts = cidr.split("/");
        byte[] network = bytes(parts[0]);
        byte[] bytes = bytes(address);
        int rest = bytes.length * 8 - Integer.parseInt(parts[1]);
        return network.length == bytes.length
                && new BigInteger(1, network).shiftRight(rest).equals(new BigInteger(1, bytes).shiftRight(rest));
    }

    /** Java makes an address of version 4 of a mapped one; here it stays of version 6. */
    private static byte[] bytes(String literal) {
        byte[] bytes = InetAddress.ofLiteral(literal).getAddress();
        if (bytes.length == 4 && literal.contains(":")) {
            byte[] mapped = new byte[16];
            mapped[10] = mapped[11] = (byte) 0xff;
            System.arraycopy(bytes, 0, mapped, 12, 4);
            return mapped;
        }
        return bytes;
    }

    private static boolean isPort(
            List<NetworkPolicyPort> allowed, String protocol, int port, Map<String, Integer> names) {
        return allowed.isEmpty()
                || allowed.stream()
                        .anyMatch(one -> one.getProtocol().equals(protocol) && number(one.getPort(), names) == port);
    }

    private static int number(IntOrString port, Map<String, Integer> names) {
        return port.getStrVal() == null ? port.getIntVal() : names.getOrDefault(port.getStrVal(), -1);
    }
}
