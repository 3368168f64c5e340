package dev.parley.delivery;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses of machines belong to the public network. IPv6 is public within 2000::/3 only, less what is set apart
 * there; so private, local, multicast and mapped addresses, and those that NAT64 translates, are out by themselves.
 */
final class PublicAddresses {

    private record Block(byte[] start, int bits) {

        static Block of(String block) {
            var parts = block.split("/", 2);
            try {
                return new Block(InetAddress.ofLiteral(parts[0]).getAddress(), Integer.parseInt(parts[1]));
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException("No block of addresses: " + block, e);
            }
        }

        boolean holds(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            int whole = bits / 8;
            if (!Arrays.equals(address, 0, whole, start, 0, whole)) {
                return false;
            }
            int rest = bits % 8;
            return rest == 0 || (address[whole] & 0xff) >> (8 - rest) == (start[whole] & 0xff) >> (8 - rest);
        }
    }

    /** IANA's special-purpose registry for IPv4, multicast and the reserved rest. */
    private static final List<Block> NOT_PUBLIC_4 =
            blocks(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3");

    private static final Block PUBLIC_6 = Block.of("2000::/3");

    /** Protocol assignments with Teredo and ORCHID in them, documentation, and 6to4, which carries any IPv4 address. */
    private static final List<Block> NOT_PUBLIC_6 = blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? NOT_PUBLIC_4.stream().noneMatch(block -> block.holds(bytes))
                : PUBLIC_6.holds(bytes) && NOT_PUBLIC_6.stream().noneMatch(block -> block.holds(bytes));
    }

    private static List<Block> blocks(String... blocks) {
        return Arrays.stream(blocks).map(Block::of).toList();
    }
}
