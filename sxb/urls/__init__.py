# SPDX-License-Identifier: MIT
"""Port URLs that pyserial learns from us: it looks here for modules named `protocol_<scheme>`."""
